/** The number of rows in a command tag such as `UPDATE 3`, `INSERT 0 5` or `CREATE TABLE`. */
export function rowsOfTag(tag: string): number {
  return Number(/ (\d+)$/.exec(tag)?.[1] ?? 0);
}
