/** Gives every distinct lattice point a small integer, so that nodes and edges can be kept in typed arrays. */
export class NodeIndex {
  /** Flat `[lon, lat, …]` by node number; the first `2 * size` entries are in use. */
  coordinates = new Int32Array(2048);
  size = 0;
  #slots = new Int32Array(2048).fill(-1);

  /** The node's number; a new one where the point has not been seen. */
  intern(lon: number, lat: number): number {
    const slot = this.#slot(lon, lat);
    const found = this.#slots[slot]!;
    if (found >= 0) return found;
    const node = this.size++;
    if (2 * node + 2 > this.coordinates.length) {
      const larger = new Int32Array(this.coordinates.length * 2);
      larger.set(this.coordinates);
      this.coordinates = larger;
    }
    this.coordinates[2 * node] = lon;
    this.coordinates[2 * node + 1] = lat;
    this.#slots[slot] = node;
    if (this.size * 2 > this.#slots.length) this.#rehash();
    return node;
  }

  /** The node's number, or -1 where no node stands at the point. */
  find(lon: number, lat: number): number {
    return this.#slots[this.#slot(lon, lat)]!;
  }

  lon(node: number): number {
    return this.coordinates[2 * node]!;
  }

  lat(node: number): number {
    return this.coordinates[2 * node + 1]!;
  }

  /** First slot that holds the point or is free (open addressing, linear probing). */
  #slot(lon: number, lat: number): number {
    const mask = this.#slots.length - 1;
    // Multiplicative mixing: neighbouring lattice points must not land in neighbouring slots.
    let hash = Math.imul(lon, 0x9e3779b1) ^ Math.imul(lat, 0x85ebca6b);
    hash ^= hash >>> 15;
    let slot = hash & mask;
    for (;;) {
      const node = this.#slots[slot]!;
      if (node < 0 || (this.coordinates[2 * node] === lon && this.coordinates[2 * node + 1] === lat)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #rehash(): void {
    this.#slots = new Int32Array(this.#slots.length * 2).fill(-1);
    for (let node = 0; node < this.size; node++) {
      this.#slots[this.#slot(this.lon(node), this.lat(node))] = node;
    }
  }
}
