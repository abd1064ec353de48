import type { Mark, MarkSays, Perspective } from "../../api/types";
import { piecesOf } from "../../domain/pieces";
import { classes } from "../classes";
import { useItemNames } from "../common/names";
import styles from "./calculator.module.css";

const KEYS: readonly MarkSays[] = ["give", "want", "unknown"];

/** What a mark means to the reader, who is the poster or the one who answers. */
function wordsFor(says: MarkSays, perspective: Perspective): string {
  if (says === "unknown") return "not understood";
  return (says === "give") === (perspective === "poster") ? "you give" : "you get";
}

/** The side of the trays a mark belongs to: its line is solid, double, or wavy. */
function styleFor(says: MarkSays, perspective: Perspective): string | undefined {
  if (says === "unknown") return styles.unread;
  return (says === "give") === (perspective === "poster") ? styles.given : styles.gotten;
}

interface ReadTextProps {
  readonly text: string;
  readonly marks: readonly Mark[];
  readonly perspective: Perspective;
}

/** The pasted post with what was read in it underlined, and said for those who do not see lines. */
export function ReadText({ text, marks, perspective }: ReadTextProps) {
  const namesOf = useItemNames();
  const used = KEYS.filter((says) => marks.some((mark) => mark.says === says));
  if (used.length === 0) return null;
  const itemsOf = (mark: Mark): string => mark.items.map((slug) => namesOf(slug).name).join(" or ");
  return (
    <div className={styles.readText} data-testid="read-text">
      <p dir="auto">
        {piecesOf(text, marks).map(({ start, text: piece, mark }) =>
          mark === null ? (
            <span key={start}>{piece}</span>
          ) : (
            <mark
              key={start}
              data-says={mark.says}
              className={styleFor(mark.says, perspective)}
              title={itemsOf(mark) || undefined}
            >
              <bdi>{piece}</bdi>
              <span className="visually-hidden">
                {` (${[wordsFor(mark.says, perspective), itemsOf(mark)].filter(Boolean).join(": ")})`}
              </span>
            </mark>
          ),
        )}
      </p>
      <ul aria-hidden="true">
        {used.map((says) => (
          <li key={says}>
            <span className={classes(styles.sample, styleFor(says, perspective))}>abc</span>
            {wordsFor(says, perspective)}
          </li>
        ))}
      </ul>
    </div>
  );
}
