import type { Fairness } from "../../api/types";
import { edgeFraction, formatChange } from "../../domain/format";
import { classes } from "../classes";
import styles from "./common.module.css";
import { Icon, type IconName } from "./Icon";

const SIGNS: Readonly<Record<Fairness, IconName>> = {
  win: "up",
  fair: "equals",
  lose: "down",
  uncertain: "unsure",
};
const WORDS: Readonly<Record<Fairness, string>> = {
  win: "Win",
  fair: "Fair",
  lose: "Lose",
  uncertain: "Unsure",
};

export function fairnessIcon(fairness: Fairness): IconName {
  return SIGNS[fairness];
}

/** A verdict as a sign, a word and, where known, the gain or loss. */
export function FairnessBadge({ fairness, edge }: { fairness: Fairness; edge: number | null }) {
  return (
    <span className={classes(styles.badge, styles[fairness])}>
      <Icon name={SIGNS[fairness]} size={10} />
      {WORDS[fairness]}
      {edge !== null && <span>{formatChange(edgeFraction(edge))}</span>}
    </span>
  );
}
