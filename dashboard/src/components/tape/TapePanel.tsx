import { useMemo, useState } from "react";
import { filterTape } from "../../domain/tapeFilter";
import { useTape } from "../../live/context";
import { classes } from "../classes";
import common from "../common/common.module.css";
import { Icon } from "../common/Icon";
import { EmptyNotice } from "../common/Notices";
import { useItemNames } from "../common/names";
import { Panel } from "../common/Panel";
import { Waiting } from "../common/Waiting";
import { useUrlState } from "../useUrlState";
import { TapeRowView } from "./TapeRowView";
import styles from "./tape.module.css";
import { usePausable } from "./usePausable";

const MOST_SHOWN = 100;
const KINDS = ["offer", "deal", "question"] as const;

interface ToolsProps {
  readonly held: boolean;
  readonly onToggle: () => void;
}

function TapeTools({ held, onToggle }: ToolsProps) {
  const [kind, setKind] = useUrlState("kind");
  const [item, setItem] = useUrlState("item");
  return (
    <div className={styles.tools}>
      <input
        className={common.field}
        type="search"
        aria-label="Show quotes of an item"
        placeholder="Item"
        value={item ?? ""}
        onChange={(event) => setItem(event.target.value)}
      />
      <select
        className={common.field}
        aria-label="Show quotes of a kind"
        value={kind ?? ""}
        onChange={(event) => setKind(event.target.value)}
      >
        <option value="">All kinds</option>
        {KINDS.map((known) => (
          <option key={known} value={known}>
            {known[0]?.toUpperCase()}
            {known.slice(1)}s
          </option>
        ))}
      </select>
      <button
        type="button"
        className={common.iconButton}
        onClick={onToggle}
        aria-pressed={held}
        aria-label="Pause the tape"
        title={held ? "Go on" : "Pause"}
      >
        <Icon name={held ? "play" : "pause"} />
      </button>
    </div>
  );
}

function useFilteredTape(quotes: Parameters<typeof filterTape>[0]) {
  const [kind] = useUrlState("kind");
  const [item] = useUrlState("item");
  const namesOf = useItemNames();
  return useMemo(() => {
    const describe = (slug: string): string => `${namesOf(slug).name} ${namesOf(slug).short}`;
    return filterTape(quotes, kind, item, describe).slice(0, MOST_SHOWN);
  }, [quotes, kind, item, namesOf]);
}

/** The live tape, newest first. */
export function TapePanel({ className }: { className?: string }) {
  const live = useTape();
  const pausable = usePausable(live);
  const [firstSeen] = useState(() => live.quotes[0]?.update);
  const rows = useFilteredTape(pausable.view.quotes);
  return (
    <Panel
      title="Live tape"
      note="verdict for the taker"
      className={className}
      tools={<TapeTools held={pausable.held} onToggle={pausable.toggle} />}
    >
      {pausable.paused && (
        <div className={styles.paused}>Paused{pausable.missed > 0 && `, ${pausable.missed} new`}</div>
      )}
      {!live.loaded && <Waiting />}
      {live.loaded && rows.length === 0 && <NoQuotes any={live.quotes.length > 0} />}
      <ul
        className={classes(styles.list)}
        aria-label="Quotes, newest first"
        onPointerEnter={(event) => event.pointerType === "mouse" && pausable.setHovered(true)}
        onPointerLeave={() => pausable.setHovered(false)}
      >
        {rows.map((row) => (
          <TapeRowView key={row.update} row={row} fresh={firstSeen !== undefined} />
        ))}
      </ul>
    </Panel>
  );
}

function NoQuotes({ any }: { any: boolean }) {
  if (any) return <EmptyNotice title="No quote fits">Take a filter away to see the others.</EmptyNotice>;
  return (
    <EmptyNotice title="No quotes yet">
      They appear here as soon as somebody posts an offer in a channel that the engine reads.
    </EmptyNotice>
  );
}
