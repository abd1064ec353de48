import { formatCount } from "../../domain/format";
import { type StandingCount, STANDINGS } from "../../domain/standing";
import styles from "./evidence.module.css";

export type Shown = "all" | "used" | "left-out";

const CHOICES = [
  { shown: "all", label: "All" },
  { shown: "used", label: "Used" },
  { shown: "left-out", label: "Left out" },
] as const;

interface EvidenceFilterProps {
  readonly counts: readonly StandingCount[];
  readonly shown: Shown;
  readonly onShow: (shown: Shown) => void;
}

function sumOf(counts: readonly StandingCount[]): number {
  return counts.reduce((sum, { quotes }) => sum + quotes, 0);
}

/** Chooses which quotes are listed, and says how many stand each way. */
export function EvidenceFilter({ counts, shown, onShow }: EvidenceFilterProps) {
  const used = counts.filter(({ standing }) => STANDINGS[standing].used);
  const leftOut = counts.filter(({ standing }) => !STANDINGS[standing].used);
  const sums = { all: sumOf(counts), used: sumOf(used), "left-out": sumOf(leftOut) };
  return (
    <div className={styles.filter}>
      <fieldset className={styles.choices}>
        <legend className="visually-hidden">Quotes shown</legend>
        {CHOICES.map((choice) => (
          <button
            key={choice.shown}
            type="button"
            aria-pressed={choice.shown === shown}
            onClick={() => onShow(choice.shown)}
          >
            {choice.label} <span>{formatCount(sums[choice.shown])}</span>
          </button>
        ))}
      </fieldset>
      <ul className={styles.tally} aria-label="What became of the quotes">
        {counts
          .filter(({ standing }) => standing !== "counted")
          .map(({ standing, quotes }) => (
            <li key={standing} title={STANDINGS[standing].why}>
              {formatCount(quotes)} {STANDINGS[standing].word}
            </li>
          ))}
      </ul>
    </div>
  );
}
