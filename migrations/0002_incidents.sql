-- Pages of incidents in the order in which they came in, and in which their states were reached (incident_occurred serves
-- the third order).
CREATE INDEX incident_reported ON incident (county_code, reported_at, id);
--> statement-breakpoint
CREATE INDEX incident_state_at ON incident (county_code, state_at, id);
--> statement-breakpoint
-- Every trail ends at the present state: incidents that were loaded without one get the step that is known.
INSERT INTO incident_flow (county_code, incident_id, seq, from_state, to_state, at)
SELECT i.county_code, i.id, 1, NULL, i.state, i.state_at FROM incident i
WHERE NOT EXISTS (SELECT FROM incident_flow f WHERE f.county_code = i.county_code AND f.incident_id = i.id);
