import { useMemo, useState } from "react";
import { useUnitValues } from "../../api/queries";
import { readSort, type SortKey, sortRows, writeSort } from "../../domain/sorting";
import { relativeInterval } from "../../domain/unit";
import { filterRows } from "../../domain/valueFilter";
import { useConnection, useLive, useValues } from "../../live/context";
import { EmptyNotice, ErrorNotice, SkeletonRows } from "../common/Notices";
import { Panel } from "../common/Panel";
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

/** The value list with its filters, in any unit. */
export function ValuesPanel({ className }: { className?: string | undefined }) {
  const values = useValues();
  const { error } = useConnection();
  const { connection } = useLive();
  const [text] = useUrlState("q");
  const [category] = useUrlState("category");
  const [unitSlug] = useUrlState("unit");
  const [hovered, setHovered] = useState(false);
  const { sort, text: sortText, onSort } = useSort();
  const unitList = useUnitValues(unitSlug);
  const intervals = useMemo(() => {
    const pairs = unitList?.values.map((row) => [row.item, relativeInterval(row)] as const) ?? [];
    return new Map(
      pairs.flatMap(([slug, interval]) => (interval === null ? [] : [[slug, interval] as const])),
    );
  }, [unitList]);
  const sorted = useMemo(
    () => sortRows(filterRows(values.rows, text, category), sort),
    [values.rows, text, category, sort],
  );
  const rows = useHeldOrder(sorted, hovered, `${sortText} ${text} ${category}`);
  return (
    <Panel title="Values" note={`${rows.length} items`} className={className} tools={<ValueTools />}>
      {!values.loaded && error === null && <SkeletonRows count={10} />}
      {!values.loaded && error !== null && (
        <ErrorNotice error={error} onRetry={() => void connection.resync()} />
      )}
      {values.loaded && rows.length === 0 && (
        <EmptyNotice title="No item fits">Change the text or the category above.</EmptyNotice>
      )}
      {values.loaded && rows.length > 0 && (
        <ValueTable
          rows={rows}
          sort={sort}
          onSort={onSort}
          unit={unitSlug === null ? null : (values.bySlug.get(unitSlug) ?? null)}
          intervals={intervals}
          coins={values.coins}
          onHover={setHovered}
        />
      )}
    </Panel>
  );
}
