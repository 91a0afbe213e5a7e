-- Pages of incidents in the order in which they came in, and in which their states were reached (incident_occurred serves
-- the third order).
CREATE INDEX incident_reported ON incident (county_code, reported_at, id);
--> statement-breakpoint
CREATE INDEX incident_state_at ON incident (county_code, state_at, id);
