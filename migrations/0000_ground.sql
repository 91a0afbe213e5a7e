-- The ground: one county's divisions, versioned grids, staff, dwellings, centres and incidents.
-- Written for PostgreSQL 15 / PostGIS 3.3; runs on PGlite as well.
-- Every key begins with the county's code, so that a province can distribute by it without a redesign.
-- Geometry is WGS 84 / CGCS2000 longitude, latitude on the 1e-7° lattice.

CREATE EXTENSION IF NOT EXISTS postgis;
--> statement-breakpoint
CREATE TABLE county (
  code text PRIMARY KEY,
  name text NOT NULL,
  name_en text NOT NULL,
  time_zone text NOT NULL,
  code_scheme text NOT NULL,
  source_line text NOT NULL,
  -- A database is demonstration or real for ever; nothing but the loader writes this row.
  origin text NOT NULL CHECK (origin IN ('demonstration', 'real')),
  categories jsonb NOT NULL,
  -- Demonstration only: everything is generated from (seed, date); the reporting year ends with this day.
  seed bigint,
  anchor_day date,
  loaded_at timestamptz NOT NULL DEFAULT now(),
  CHECK ((origin = 'demonstration') = (seed IS NOT NULL AND anchor_day IS NOT NULL))
);
--> statement-breakpoint
CREATE TABLE division (
  county_code text NOT NULL REFERENCES county (code),
  code text NOT NULL,
  name text NOT NULL,
  short_name text NOT NULL,
  name_en text,
  level text NOT NULL CHECK (level IN ('county', 'township', 'village')),
  parent_code text,
  official boolean NOT NULL,
  aliases text[] NOT NULL DEFAULT '{}',
  seat geometry(Point, 4326),
  -- The union of the grids it manages; null where it has none.
  geom geometry(MultiPolygon, 4326),
  PRIMARY KEY (county_code, code),
  FOREIGN KEY (county_code, parent_code) REFERENCES division (county_code, code),
  CHECK ((level = 'county') = (parent_code IS NULL))
);
--> statement-breakpoint
CREATE INDEX division_geom ON division USING gist (geom);
--> statement-breakpoint
-- 版次: a state of the whole tiling. The greatest n is the head.
CREATE TABLE edition (
  county_code text NOT NULL REFERENCES county (code),
  n integer NOT NULL CHECK (n > 0),
  effective_on date NOT NULL,
  document_no text,
  published_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (county_code, n)
);
--> statement-breakpoint
-- Identity only: a grid keeps its id through every redraw and renumbering.
CREATE TABLE grid (
  county_code text NOT NULL REFERENCES county (code),
  id integer NOT NULL CHECK (id > 0),
  PRIMARY KEY (county_code, id)
);
--> statement-breakpoint
CREATE TABLE grid_version (
  county_code text NOT NULL,
  grid_id integer NOT NULL,
  edition_from integer NOT NULL,
  -- The first edition in which this version no longer holds; null while it is in force.
  edition_to integer,
  code text NOT NULL,
  name text NOT NULL,
  class text NOT NULL CHECK (class IN ('community', 'rural', 'special')),
  village_code text NOT NULL,
  managing_township_code text NOT NULL,
  owner_unit text,
  -- Geodesic, WGS 84 ellipsoid, square metres.
  area_m2 double precision NOT NULL CHECK (area_m2 > 0),
  geom geometry(MultiPolygon, 4326) NOT NULL CHECK (ST_IsValid(geom)),
  PRIMARY KEY (county_code, grid_id, edition_from),
  FOREIGN KEY (county_code, grid_id) REFERENCES grid (county_code, id),
  FOREIGN KEY (county_code, edition_from) REFERENCES edition (county_code, n),
  FOREIGN KEY (county_code, edition_to) REFERENCES edition (county_code, n),
  FOREIGN KEY (county_code, village_code) REFERENCES division (county_code, code),
  FOREIGN KEY (county_code, managing_township_code) REFERENCES division (county_code, code),
  CHECK (edition_to > edition_from)
);
--> statement-breakpoint
CREATE UNIQUE INDEX grid_version_current ON grid_version (county_code, grid_id) WHERE edition_to IS NULL;
--> statement-breakpoint
CREATE UNIQUE INDEX grid_version_code ON grid_version (county_code, code) WHERE edition_to IS NULL;
--> statement-breakpoint
CREATE INDEX grid_version_geom ON grid_version USING gist (geom);
--> statement-breakpoint
CREATE VIEW grid_current AS SELECT * FROM grid_version WHERE edition_to IS NULL;
--> statement-breakpoint
-- Who held which code when. One grid holds a code at a time.
CREATE TABLE code_ledger (
  county_code text NOT NULL,
  code text NOT NULL,
  grid_id integer NOT NULL,
  edition_from integer NOT NULL,
  edition_to integer,
  PRIMARY KEY (county_code, code, edition_from),
  FOREIGN KEY (county_code, grid_id) REFERENCES grid (county_code, id),
  FOREIGN KEY (county_code, edition_from) REFERENCES edition (county_code, n),
  CHECK (edition_to > edition_from)
);
--> statement-breakpoint
CREATE UNIQUE INDEX code_ledger_current ON code_ledger (county_code, code) WHERE edition_to IS NULL;
--> statement-breakpoint
CREATE TABLE worker (
  county_code text NOT NULL REFERENCES county (code),
  id integer NOT NULL,
  code text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('full_time', 'stability', 'auxiliary')),
  work_phone text,
  village_code text NOT NULL,
  PRIMARY KEY (county_code, id),
  UNIQUE (county_code, code),
  FOREIGN KEY (county_code, village_code) REFERENCES division (county_code, code)
);
--> statement-breakpoint
CREATE TABLE assignment (
  county_code text NOT NULL,
  id integer GENERATED BY DEFAULT AS IDENTITY,
  worker_id integer NOT NULL,
  grid_id integer NOT NULL,
  duty text NOT NULL CHECK (duty IN ('own', 'cover')),
  from_day date NOT NULL,
  to_day date,
  PRIMARY KEY (county_code, id),
  FOREIGN KEY (county_code, worker_id) REFERENCES worker (county_code, id),
  FOREIGN KEY (county_code, grid_id) REFERENCES grid (county_code, id),
  CHECK (to_day > from_day)
);
--> statement-breakpoint
CREATE INDEX assignment_grid ON assignment (county_code, grid_id);
--> statement-breakpoint
CREATE INDEX assignment_worker ON assignment (county_code, worker_id);
--> statement-breakpoint
-- 离岗: on the register, not on post.
CREATE TABLE absence (
  county_code text NOT NULL,
  id integer GENERATED BY DEFAULT AS IDENTITY,
  worker_id integer NOT NULL,
  reason text NOT NULL CHECK (reason IN ('leave', 'sick', 'training', 'seconded', 'vacated')),
  from_day date NOT NULL,
  to_day date,
  PRIMARY KEY (county_code, id),
  FOREIGN KEY (county_code, worker_id) REFERENCES worker (county_code, id),
  CHECK (to_day > from_day)
);
--> statement-breakpoint
CREATE INDEX absence_worker ON absence (county_code, worker_id);
--> statement-breakpoint
CREATE TABLE dwelling (
  county_code text NOT NULL REFERENCES county (code),
  id integer NOT NULL,
  grid_id integer NOT NULL,
  village_code text NOT NULL,
  households integer NOT NULL CHECK (households >= 0),
  population integer NOT NULL CHECK (population >= 0),
  registered_households integer CHECK (registered_households >= 0),
  registered_population integer CHECK (registered_population >= 0),
  geom geometry(Point, 4326) NOT NULL,
  PRIMARY KEY (county_code, id),
  FOREIGN KEY (county_code, grid_id) REFERENCES grid (county_code, id),
  FOREIGN KEY (county_code, village_code) REFERENCES division (county_code, code)
);
--> statement-breakpoint
CREATE INDEX dwelling_geom ON dwelling USING gist (geom);
--> statement-breakpoint
CREATE INDEX dwelling_grid ON dwelling (county_code, grid_id);
--> statement-breakpoint
CREATE TABLE centre (
  county_code text NOT NULL,
  id integer NOT NULL,
  name text NOT NULL,
  level text NOT NULL CHECK (level IN ('county', 'township', 'village')),
  division_code text NOT NULL,
  fengqiao boolean NOT NULL,
  geom geometry(Point, 4326) NOT NULL,
  PRIMARY KEY (county_code, id),
  FOREIGN KEY (county_code, division_code) REFERENCES division (county_code, code)
);
--> statement-breakpoint
CREATE INDEX centre_geom ON centre USING gist (geom);
--> statement-breakpoint
-- Advanced by every write to incident, inside a lock that makes its order the order of commits (see api/src/incidents/queries.ts).
CREATE SEQUENCE incident_revision;
--> statement-breakpoint
CREATE TABLE incident (
  county_code text NOT NULL REFERENCES county (code),
  id bigint GENERATED BY DEFAULT AS IDENTITY,
  source text NOT NULL,
  external_id text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('collection', 'event', 'dispute')),
  category text NOT NULL,
  urgency text NOT NULL CHECK (urgency IN ('normal', 'urgent', 'critical')),
  state text NOT NULL CHECK (state IN ('reported', 'accepted', 'assigned', 'returned', 'in_progress', 'suspended',
    'pending_check', 'feedback', 'closed', 'archived', 'rejected', 'duplicate', 'cancelled')),
  occurred_at timestamptz NOT NULL,
  reported_at timestamptz NOT NULL,
  state_at timestamptz NOT NULL,
  precision text NOT NULL CHECK (precision IN ('point', 'grid', 'village', 'township', 'unknown')),
  geom geometry(Point, 4326),
  -- The point as it was given, where it was not given in CGCS2000 / WGS 84.
  given_crs text CHECK (given_crs IN ('4490', 'gcj02', 'bd09')),
  given_lon double precision,
  given_lat double precision,
  -- The grid in which it happened, kept for ever, and the one in which it lies now.
  grid_id_then integer,
  grid_id integer,
  village_code text,
  township_code text,
  revision bigint NOT NULL DEFAULT nextval('incident_revision'),
  PRIMARY KEY (county_code, id),
  UNIQUE (county_code, source, external_id),
  FOREIGN KEY (county_code, grid_id_then) REFERENCES grid (county_code, id),
  FOREIGN KEY (county_code, grid_id) REFERENCES grid (county_code, id),
  CHECK ((precision = 'point') = (geom IS NOT NULL)),
  CHECK (precision NOT IN ('point', 'grid') OR grid_id IS NOT NULL),
  CHECK (reported_at >= occurred_at)
);
--> statement-breakpoint
CREATE INDEX incident_occurred ON incident (county_code, occurred_at, id);
--> statement-breakpoint
CREATE INDEX incident_grid ON incident (county_code, grid_id, occurred_at);
--> statement-breakpoint
CREATE INDEX incident_revised ON incident (county_code, revision);
--> statement-breakpoint
CREATE INDEX incident_geom ON incident USING gist (geom);
--> statement-breakpoint
-- 流转: appended, never updated.
CREATE TABLE incident_flow (
  county_code text NOT NULL,
  incident_id bigint NOT NULL,
  seq integer NOT NULL,
  from_state text,
  to_state text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (county_code, incident_id, seq),
  FOREIGN KEY (county_code, incident_id) REFERENCES incident (county_code, id)
);
--> statement-breakpoint
-- The grid at a point. Computed on lattice integers, where the predicate is exact, so that a point on a shared border
-- belongs to the grid with the smaller id here and in geodata alike; in degrees k/1e7 is not exact and GEOS would pick
-- a side by rounding.
CREATE FUNCTION grid_at(county text, lon double precision, lat double precision) RETURNS integer
LANGUAGE sql STABLE AS $$
  SELECT g.grid_id
  FROM grid_version g
  WHERE g.county_code = county AND g.edition_to IS NULL
    AND g.geom && ST_Expand(ST_SetSRID(ST_MakePoint(lon, lat), 4326), 1e-7)
    AND ST_Covers(ST_SnapToGrid(ST_Scale(ST_SetSRID(g.geom, 0), 1e7, 1e7), 1),
                  ST_MakePoint(round(lon * 1e7), round(lat * 1e7)))
  ORDER BY g.grid_id
  LIMIT 1
$$;
