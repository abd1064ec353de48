import { lazy, Suspense } from "react";
import { useHistory } from "../../api/queries";
import type { EvidenceRow } from "../../api/types";
import type { LiveRow } from "../../live/values";
import { ErrorNotice, SkeletonRows } from "../common/Notices";
import { Panel } from "../common/Panel";
import { useUrlState } from "../useUrlState";
import styles from "./item.module.css";
import { Legend } from "./Legend";

const ItemChart = lazy(() => import("./ItemChart"));

const DAY_S = 86_400;
const RANGES = [
  { key: "24h", label: "24 h", seconds: DAY_S },
  { key: "7d", label: "7 d", seconds: 7 * DAY_S },
  { key: "30d", label: "30 d", seconds: 30 * DAY_S },
  { key: "all", label: "All", seconds: null },
] as const;
const DEFAULT_RANGE = RANGES[1];

function RangeSwitch({ chosen, onChoose }: { chosen: string; onChoose: (key: string | null) => void }) {
  return (
    <fieldset className={styles.ranges}>
      <legend className="visually-hidden">Time shown</legend>
      {RANGES.map((range) => (
        <button
          key={range.key}
          type="button"
          aria-pressed={range.key === chosen}
          onClick={() => onChoose(range.key === DEFAULT_RANGE.key ? null : range.key)}
        >
          {range.label}
        </button>
      ))}
    </fieldset>
  );
}

/** The value over time. */
export function ChartPanel({ row, evidence }: { row: LiveRow; evidence: readonly EvidenceRow[] }) {
  const history = useHistory(row.item);
  const [key, setKey] = useUrlState("range");
  const range = RANGES.find((known) => known.key === key) ?? DEFAULT_RANGE;
  return (
    <Panel title="Value over time" tools={<RangeSwitch chosen={range.key} onChoose={setKey} />}>
      <div className={styles.chartBody}>
        {history.isPending && <SkeletonRows />}
        {history.isError && <ErrorNotice error={history.error} onRetry={() => void history.refetch()} />}
        {history.data !== undefined && (
          <Suspense fallback={<SkeletonRows />}>
            <ItemChart row={row} history={history.data} evidence={evidence} seconds={range.seconds} />
          </Suspense>
        )}
      </div>
      <Legend />
    </Panel>
  );
}
