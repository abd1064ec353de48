import type { Verdict } from "../../api/types";
import { formatProbability } from "../../domain/format";
import { fairnessIcon } from "../common/FairnessBadge";
import { Icon } from "../common/Icon";
import styles from "./calculator.module.css";

const OUTCOMES = ["win", "fair", "lose"] as const;

/** How likely the trade is a win, fair or a loss: a bar, and the same in words. */
export function Odds({ verdict }: { verdict: Verdict }) {
  const known = OUTCOMES.flatMap((outcome) => {
    const probability = verdict[outcome];
    return probability === null ? [] : [{ outcome, probability }];
  });
  if (known.length === 0) return null;
  return (
    <div>
      <div className={styles.bar} aria-hidden="true">
        {known.map(({ outcome, probability }) => (
          <span key={outcome} className={styles[outcome]} style={{ flexGrow: probability, flexBasis: 0 }} />
        ))}
      </div>
      <ul className={styles.odds} aria-label="Probabilities">
        {known.map(({ outcome, probability }) => (
          <li key={outcome} className={styles[outcome]}>
            <Icon name={fairnessIcon(outcome)} size={10} />
            {outcome} <b>{formatProbability(probability)}</b>
          </li>
        ))}
      </ul>
    </div>
  );
}
