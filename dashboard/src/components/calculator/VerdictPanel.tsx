import type { FairAnswer, Fairness, TradeAdjustment, Verdict } from "../../api/types";
import { commonAxis } from "../../domain/axis";
import { edgeFraction, formatChange, formatProbability } from "../../domain/format";
import { classes } from "../classes";
import { Basket } from "../common/Basket";
import common from "../common/common.module.css";
import { fairnessIcon } from "../common/FairnessBadge";
import { Icon } from "../common/Icon";
import { EmptyNotice } from "../common/Notices";
import styles from "./calculator.module.css";
import { Odds } from "./Odds";
import { SideFigures } from "./SideFigures";

const WORDS: Readonly<Record<Fairness, string>> = {
  win: "Win",
  fair: "Fair",
  lose: "Lose",
  uncertain: "Uncertain",
};

const NOT_JUDGED: Readonly<Record<string, string>> = {
  cash: "Trades for real money or on other platforms are not judged.",
  service: "Services are no items: there is nothing to compare.",
  chatter: "No trade was found in this text. Name what is given and what is wanted, with “for” between them.",
};

type OnAdd = (adjust: TradeAdjustment) => void;

/** What would make the trade fair, and a button that does it. */
function Proposal({ adjust, onAdd }: { adjust: TradeAdjustment; onAdd: OnAdd }) {
  return (
    <p className={styles.proposal} data-testid="adjust" data-side={adjust.side}>
      <Icon name="scales" />
      <span>
        <b>{adjust.text}</b>
        <span className={styles.sure}>, then fair with {formatProbability(adjust.fair)}</span>
      </span>
      <button type="button" className={common.button} onClick={() => onAdd(adjust)}>
        Try it
      </button>
    </p>
  );
}

/** The verdict on one quote, from the reader's side. */
function VerdictView({ verdict, onAdd }: { verdict: Verdict; onAdd: OnAdd }) {
  const axis = commonAxis([verdict.give, verdict.get]);
  return (
    <div className={styles.verdict} data-testid="verdict" data-verdict={verdict.verdict}>
      <p className={classes(styles.word, styles[verdict.verdict])}>
        <Icon name={fairnessIcon(verdict.verdict)} size={30} />
        {WORDS[verdict.verdict]}
        {verdict.edge !== null && (
          <small title="What you get compared with what you give">
            {formatChange(edgeFraction(verdict.edge))}
          </small>
        )}
      </p>
      <p className={styles.sentence}>
        You give <Basket lines={verdict.give.items} open />. You get <Basket lines={verdict.get.items} open />
        .
      </p>
      <Odds verdict={verdict} />
      <div className={styles.sides}>
        <SideFigures title="You give" side={verdict.give} axis={axis} />
        <SideFigures title="You get" side={verdict.get} axis={axis} />
      </div>
      <p className={styles.reason}>{verdict.reason}</p>
      {verdict.adjust !== null && <Proposal adjust={verdict.adjust} onAdd={onAdd} />}
    </div>
  );
}

function Choices({
  count,
  chosen,
  onChoose,
}: {
  count: number;
  chosen: number;
  onChoose: (index: number) => void;
}) {
  const numbers = Array.from({ length: count }, (_, index) => index);
  return (
    <div className={styles.choices}>
      {numbers.map((index) => (
        <button
          key={index}
          type="button"
          className={common.button}
          aria-pressed={index === chosen}
          onClick={() => onChoose(index)}
        >
          Quote {index + 1}
        </button>
      ))}
    </div>
  );
}

function Remarks({ answer }: { answer: FairAnswer }) {
  const { unknown, notes } = answer.read;
  if (unknown.length + notes.length === 0) return null;
  return (
    <ul className={styles.notes} aria-label="What was not understood">
      {unknown.length > 0 && (
        <li>
          <Icon name="warning" size={13} />
          <span>
            Not understood, and not counted: <b>{unknown.join(", ")}</b>
          </span>
        </li>
      )}
      {notes.map((note) => (
        <li key={note}>
          <Icon name="warning" size={13} />
          <span>{note}</span>
        </li>
      ))}
    </ul>
  );
}

interface VerdictPanelProps {
  readonly answer: FairAnswer;
  readonly index: number;
  readonly onChoose: (index: number) => void;
  readonly onAdd: OnAdd;
}

/** What was read, and what the engine makes of it. */
export function VerdictPanel({ answer, index, onChoose, onAdd }: VerdictPanelProps) {
  const verdict = answer.verdicts[index];
  return (
    <>
      {answer.verdicts.length > 1 && (
        <Choices count={answer.verdicts.length} chosen={index} onChoose={onChoose} />
      )}
      {verdict === undefined ? (
        <EmptyNotice title="Nothing to judge">
          {NOT_JUDGED[answer.read.kind] ?? "No quote with both sides was found in this text."}
        </EmptyNotice>
      ) : (
        <VerdictView verdict={verdict} onAdd={onAdd} />
      )}
      <Remarks answer={answer} />
    </>
  );
}
