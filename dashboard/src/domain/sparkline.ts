/** An SVG path through values, left to right, broken where one is missing; empty with fewer than two. */
export function sparklinePath(values: readonly (number | null)[], width: number, height: number): string {
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return "";
  const low = Math.min(...known);
  const span = Math.max(...known) - low;
  const step = width / (values.length - 1);
  let path = "";
  let penDown = false;
  values.forEach((value, index) => {
    if (value === null) {
      penDown = false;
      return;
    }
    const share = span === 0 ? 0.5 : (value - low) / span;
    path += `${penDown ? "L" : "M"}${(index * step).toFixed(1)} ${(height * (1 - share)).toFixed(1)}`;
    penDown = true;
  });
  return path;
}
