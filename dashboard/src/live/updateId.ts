/** Where an update stands: `<epoch>.<seq>.<k>`, the k-th update of fact `seq` in that epoch. */

type Position = readonly [epoch: number, seq: number, index: number];

function position(id: string): Position {
  const parts = id.split(".").map(Number);
  return [parts[0] ?? 0, parts[1] ?? 0, parts[2] ?? 0];
}

/** Negative when `left` came before `right`, 0 when they are the same, positive when it came after. */
export function compareIds(left: string, right: string): number {
  const a = position(left);
  const b = position(right);
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

export function isAfter(left: string, right: string): boolean {
  return compareIds(left, right) > 0;
}
