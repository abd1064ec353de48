import { useMemo } from "react";
import { useValues } from "../../live/context";
import type { LiveRow } from "../../live/values";
import { classes } from "../classes";
import common from "../common/common.module.css";
import { Icon } from "../common/Icon";
import { EmptyNotice, ErrorNotice, SkeletonRows } from "../common/Notices";
import { Panel } from "../common/Panel";
import { useTitle } from "../useTitle";
import styles from "./calculator.module.css";
import { PasteBox } from "./PasteBox";
import { ReadText } from "./ReadText";
import { Tray } from "./Tray";
import { useTrade } from "./useTrade";
import { VerdictPanel } from "./VerdictPanel";

/** Posts to try, made of the items people pay with. */
function examplePosts(coins: readonly { short: string }[], rows: readonly LiveRow[]): readonly string[] {
  const [first, second, third] = coins;
  if (first === undefined || second === undefined) return [];
  const other = rows.find(
    (row) => row.confidence === "solid" && !coins.some((coin) => coin.short === row.short),
  );
  const posts = [`1 ${first.short} FOR 7 ${second.short}`];
  if (third !== undefined) posts.push(`H: 3 ${second.short} W: 20 ${third.short}`);
  if (other !== undefined) posts.push(`${other.name} -> 2 ${second.short}`);
  return posts;
}

function Answer({ trade }: { trade: ReturnType<typeof useTrade> }) {
  const { query, answer } = trade;
  if (trade.text.trim() === "") {
    return (
      <EmptyNotice title="Is this trade fair?">
        Paste a post or fill the trays: the verdict comes with its probability and the reason, from your side.
      </EmptyNotice>
    );
  }
  if (query.isError) return <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />;
  if (answer === undefined) return <SkeletonRows count={6} />;
  return (
    <div className={classes(query.isPlaceholderData && styles.stalePart)} aria-live="polite">
      <VerdictPanel answer={answer} index={trade.index} onChoose={trade.choose} onAdd={trade.add} />
    </div>
  );
}

function SwapButton({ onSwap }: { onSwap: () => void }) {
  return (
    <button
      type="button"
      className={common.button}
      data-testid="swap"
      onClick={onSwap}
      title="See it from the other side"
    >
      <Icon name="swap" />
      Swap
    </button>
  );
}

/** Reads a pasted trade and says whether it is good for you, live. */
export function CalculatorPage() {
  useTitle("Calculator");
  const trade = useTrade();
  const { coins, rows } = useValues();
  const examples = useMemo(() => examplePosts(coins, rows), [coins, rows]);
  const { trays, setTrays } = trade;
  return (
    <div className={styles.page}>
      <h1 className="visually-hidden">Trade calculator</h1>
      <div className={styles.post}>
        <PasteBox text={trade.text} examples={examples} onWrite={trade.write}>
          <ReadText {...trade.read} />
        </PasteBox>
      </div>
      <Panel title="Verdict" note="for you" className={styles.answer}>
        <Answer trade={trade} />
      </Panel>
      <Panel
        title="The trade"
        note={trade.perspective === "poster" ? "you are the poster" : "you answer the post"}
        className={styles.trade}
        tools={<SwapButton onSwap={trade.swap} />}
      >
        <div className={styles.trays}>
          <Tray title="You give" lines={trays.give} onChange={(give) => setTrays({ ...trays, give })} />
          <Tray title="You get" lines={trays.get} onChange={(get) => setTrays({ ...trays, get })} />
        </div>
      </Panel>
    </div>
  );
}
