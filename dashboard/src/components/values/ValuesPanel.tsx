import { useMemo, useState } from "react";
import { useUnitValues } from "../../api/queries";
import { readSort, type SortKey, sortRows, writeSort } from "../../domain/sorting";
import { type RelativeInterval, relativeInterval } from "../../domain/unit";
import { filterRows } from "../../domain/valueFilter";
import { useValues } from "../../live/context";
import { EmptyNotice } from "../common/Notices";
import { Panel } from "../common/Panel";
import { Waiting } from "../common/Waiting";
import { useUrlState } from "../useUrlState";
import { useHeldOrder } from "./useHeldOrder";
import { ValueTable } from "./ValueTable";
import { ValueTools } from "./ValueTools";

function useSort() {
  const [text, setText] = useUrlState("sort");
  const sort = useMemo(() => readSort(text), [text]);
  const onSort = (key: SortKey): void => {
    const descending = sort.key === key ? !sort.descending : key !== "name" && key !== "basis";
    setText(writeSort({ key, descending }));
  };
  return { sort, text, onSort };
}

/** The engine's intervals in the chosen unit, relative to their values, by slug. */
function useIntervals(unit: string | null): ReadonlyMap<string, RelativeInterval> {
  const list = useUnitValues(unit);
  return useMemo(() => {
    const intervals = new Map<string, RelativeInterval>();
    for (const row of list?.values ?? []) {
      const interval = relativeInterval(row);
      if (interval !== null) intervals.set(row.item, interval);
    }
    return intervals;
  }, [list]);
}

/** The filtered, sorted value list; it keeps its order while it is pointed at. */
function List() {
  const { rows, coins, bySlug } = useValues();
  const [text] = useUrlState("q");
  const [category] = useUrlState("category");
  const [unit] = useUrlState("unit");
  const [hovered, setHovered] = useState(false);
  const { sort, text: sortText, onSort } = useSort();
  const intervals = useIntervals(unit);
  const sorted = useMemo(
    () => sortRows(filterRows(rows, text, category), sort),
    [rows, text, category, sort],
  );
  const held = useHeldOrder(sorted, hovered, `${sortText ?? ""} ${text ?? ""} ${category ?? ""}`);
  if (held.length === 0) {
    return <EmptyNotice title="No item fits">Change the text or the category above.</EmptyNotice>;
  }
  return (
    <ValueTable
      rows={held}
      sort={sort}
      onSort={onSort}
      unit={unit === null ? null : (bySlug.get(unit) ?? null)}
      intervals={intervals}
      coins={coins}
      onHover={setHovered}
    />
  );
}

/** The value list with its filters, in any unit. */
export function ValuesPanel({ className }: { className?: string | undefined }) {
  const { loaded, rows } = useValues();
  const note = loaded ? `${rows.length} items` : undefined;
  return (
    <Panel title="Values" note={note} className={className} tools={<ValueTools />}>
      {loaded ? <List /> : <Waiting rows={10} />}
    </Panel>
  );
}
