import type { Mark } from "../api/types";

/** A stretch of a post: marked as something that was read, or plain. */
export interface Piece {
  readonly start: number;
  readonly text: string;
  readonly mark: Mark | null;
}

/**
 * Cuts a post where its marks begin and end. Marks count code points, of which some are two characters to a
 * browser.
 */
export function piecesOf(text: string, marks: readonly Mark[]): readonly Piece[] {
  const points = Array.from(text);
  const pieces: Piece[] = [];
  let end = 0;
  const add = (start: number, stop: number, mark: Mark | null): void => {
    if (start < stop) pieces.push({ start, text: points.slice(start, stop).join(""), mark });
  };
  for (const mark of marks) {
    add(end, mark.start, null);
    add(mark.start, mark.end, mark);
    end = mark.end;
  }
  add(end, points.length, null);
  return pieces;
}
