-- The outbox: what a transaction changed, written by triggers in that same transaction, so that no writer can forget it.
CREATE TABLE live_event (
  county_code text NOT NULL REFERENCES county (code),
  id bigint GENERATED ALWAYS AS IDENTITY,
  -- Given after the commit, by whoever reads first: the order of positions is the order in which commits became visible.
  -- Neither id nor transaction id has that order, and a reader that went by them would skip what commits late.
  position bigint,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- incident: one was written; reloaded: too many to tell one by one; ground: divisions, grids, staff, dwellings, centres.
  kind text NOT NULL CHECK (kind IN ('incident', 'reloaded', 'ground')),
  -- The smallest division that the incident is known to lie in.
  area text,
  -- The incident as the columns hold it, after the write.
  payload jsonb,
  PRIMARY KEY (county_code, id),
  CHECK ((kind = 'incident') = (payload IS NOT NULL))
);
--> statement-breakpoint
CREATE UNIQUE INDEX live_event_position ON live_event (county_code, position);
--> statement-breakpoint
CREATE INDEX live_event_waiting ON live_event (county_code, id) WHERE position IS NULL;
--> statement-breakpoint
-- Where the outbox stands.
CREATE TABLE live_head (
  county_code text PRIMARY KEY REFERENCES county (code),
  -- Of the last event that was given one.
  position bigint NOT NULL DEFAULT 0,
  -- Of the last event that concerns the ground, and of the last that concerns incidents.
  ground bigint NOT NULL DEFAULT 0,
  incidents bigint NOT NULL DEFAULT 0,
  -- Events up to this position are no longer kept.
  pruned bigint NOT NULL DEFAULT 0
);
--> statement-breakpoint
CREATE FUNCTION open_live_head() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO live_head (county_code) VALUES (NEW.code);
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER county_live_head AFTER INSERT ON county FOR EACH ROW EXECUTE FUNCTION open_live_head();
--> statement-breakpoint
-- Positions go on where revisions ended, so that no version of an answer comes a second time.
INSERT INTO live_head (county_code, position, ground, incidents, pruned)
SELECT c.code, r.greatest, r.greatest, r.greatest, r.greatest
FROM county c CROSS JOIN LATERAL
  (SELECT coalesce(max(i.revision), 0) AS greatest FROM incident i WHERE i.county_code = c.code) r;
--> statement-breakpoint
ALTER TABLE incident DROP COLUMN revision;
--> statement-breakpoint
DROP SEQUENCE incident_revision;
--> statement-breakpoint
-- Gives positions to the committed events that have none; one caller at a time. Returns the head.
CREATE FUNCTION number_live_events(county text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  head bigint;
BEGIN
  -- In this order: what is committed by now is in the head that is read after it was found numbered.
  IF NOT EXISTS (SELECT FROM live_event e WHERE e.county_code = county AND e.position IS NULL) THEN
    SELECT h.position INTO head FROM live_head h WHERE h.county_code = county;
    RETURN head;
  END IF;
  SELECT h.position INTO head FROM live_head h WHERE h.county_code = county FOR UPDATE;
  -- A statement of its own: its snapshot is taken after the lock, and shows what an earlier caller has numbered.
  WITH waiting AS (
    SELECT e.id, row_number() OVER (ORDER BY e.id) AS n
    FROM live_event e WHERE e.county_code = county AND e.position IS NULL
  ), numbered AS (
    UPDATE live_event e SET position = head + w.n
    FROM waiting w WHERE e.county_code = county AND e.id = w.id
    RETURNING e.kind, e.position
  ), reached AS (
    SELECT max(n.position) AS position,
      max(n.position) FILTER (WHERE n.kind = 'ground') AS ground,
      max(n.position) FILTER (WHERE n.kind <> 'ground') AS incidents
    FROM numbered n
  )
  UPDATE live_head h SET
    position = greatest(h.position, r.position),
    ground = greatest(h.ground, r.ground),
    incidents = greatest(h.incidents, r.incidents)
  FROM reached r WHERE h.county_code = county
  RETURNING h.position INTO head;
  RETURN head;
END $$;
--> statement-breakpoint
-- A payload that waits is never large: an import beyond this many rows is told as one event.
CREATE FUNCTION announce_incidents() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT count(*) FROM changed) > 5000 THEN
    INSERT INTO live_event (county_code, kind) SELECT DISTINCT c.county_code, 'reloaded' FROM changed c;
  ELSE
    INSERT INTO live_event (county_code, kind, area, payload)
    SELECT c.county_code, 'incident', coalesce(c.village_code, c.township_code), jsonb_build_object(
      'id', c.id, 'kind', c.kind, 'category', c.category, 'urgency', c.urgency, 'state', c.state,
      'occurred_at', floor(extract(epoch FROM c.occurred_at))::int8,
      'reported_at', floor(extract(epoch FROM c.reported_at))::int8,
      'lon', round(ST_X(c.geom) * 1e7)::int8, 'lat', round(ST_Y(c.geom) * 1e7)::int8,
      'grid_id', c.grid_id, 'village_code', c.village_code, 'township_code', c.township_code)
    FROM changed c ORDER BY c.id;
  END IF;
  IF FOUND THEN PERFORM pg_notify('wangge_live', ''); END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER incident_inserted AFTER INSERT ON incident
REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION announce_incidents();
--> statement-breakpoint
CREATE TRIGGER incident_updated AFTER UPDATE ON incident
REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION announce_incidents();
--> statement-breakpoint
CREATE FUNCTION announce_reload() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO live_event (county_code, kind) SELECT code, 'reloaded' FROM county;
  PERFORM pg_notify('wangge_live', '');
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER incident_deleted AFTER DELETE OR TRUNCATE ON incident
FOR EACH STATEMENT EXECUTE FUNCTION announce_reload();
--> statement-breakpoint
CREATE FUNCTION announce_ground() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO live_event (county_code, kind) SELECT code, 'ground' FROM county;
  PERFORM pg_notify('wangge_live', '');
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER division_changed AFTER INSERT OR UPDATE OR DELETE ON division
FOR EACH STATEMENT EXECUTE FUNCTION announce_ground();
--> statement-breakpoint
CREATE TRIGGER edition_changed AFTER INSERT OR UPDATE OR DELETE ON edition
FOR EACH STATEMENT EXECUTE FUNCTION announce_ground();
--> statement-breakpoint
CREATE TRIGGER grid_version_changed AFTER INSERT OR UPDATE OR DELETE ON grid_version
FOR EACH STATEMENT EXECUTE FUNCTION announce_ground();
--> statement-breakpoint
CREATE TRIGGER worker_changed AFTER INSERT OR UPDATE OR DELETE ON worker
FOR EACH STATEMENT EXECUTE FUNCTION announce_ground();
--> statement-breakpoint
CREATE TRIGGER assignment_changed AFTER INSERT OR UPDATE OR DELETE ON assignment
FOR EACH STATEMENT EXECUTE FUNCTION announce_ground();
--> statement-breakpoint
CREATE TRIGGER absence_changed AFTER INSERT OR UPDATE OR DELETE ON absence
FOR EACH STATEMENT EXECUTE FUNCTION announce_ground();
--> statement-breakpoint
CREATE TRIGGER dwelling_changed AFTER INSERT OR UPDATE OR DELETE ON dwelling
FOR EACH STATEMENT EXECUTE FUNCTION announce_ground();
--> statement-breakpoint
CREATE TRIGGER centre_changed AFTER INSERT OR UPDATE OR DELETE ON centre
FOR EACH STATEMENT EXECUTE FUNCTION announce_ground();
