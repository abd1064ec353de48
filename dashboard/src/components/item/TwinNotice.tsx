import type { CappedValue, ItemGuard } from "../../api/types";
import { isPushed } from "../../domain/capped";
import { formatValue } from "../../domain/format";
import { payAs } from "../../domain/pay";
import { useValues } from "../../live/context";
import type { LiveRow } from "../../live/values";
import { Age } from "../common/Figures";
import { Icon } from "../common/Icon";
import styles from "./item.module.css";

interface TwinNoticeProps {
  readonly row: LiveRow;
  readonly capped: CappedValue | null;
  readonly guard: ItemGuard | null;
}

function Guarded({ guard }: { guard: ItemGuard | null }) {
  return (
    <p className={styles.twin} data-testid="guarded">
      <Icon name="shield" />
      <span>
        <b>Guarded</b>
        {guard !== null && (
          <>
            {" "}
            for <Age time={guard.since} />
            {guard.reason !== "" && `: ${guard.reason}`}
          </>
        )}
        . The value shown leaves out what a single poster or new accounts could push.
      </span>
    </p>
  );
}

/** Says that an item is guarded, or what its value is without pushed posts where that differs. */
export function TwinNotice({ row, capped, guard }: TwinNoticeProps) {
  const { coins } = useValues();
  if (row.shown === "capped") return <Guarded guard={guard} />;
  if (capped === null || !isPushed(row.value, capped)) return null;
  const pay = payAs(capped.value, coins);
  return (
    <p className={styles.twin} data-testid="without-pushed">
      <Icon name="warning" />
      <span>
        Without pushed posts: <b>{pay ?? formatValue(capped.value)}</b>
        {pay !== null && ` (${formatValue(capped.value)})`}, 90 % range {formatValue(capped.low)} to{" "}
        {formatValue(capped.high)}. Single posters or new accounts may be moving this value.
      </span>
    </p>
  );
}
