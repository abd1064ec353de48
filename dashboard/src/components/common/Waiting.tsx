import { useConnection, useLive } from "../../live/context";
import { ErrorNotice, SkeletonRows } from "./Notices";

/** What stands where the first snapshot is about to: bars, or why it cannot be had. */
export function Waiting({ rows = 8 }: { rows?: number }) {
  const { error } = useConnection();
  const { connection } = useLive();
  if (error === null) return <SkeletonRows count={rows} />;
  return <ErrorNotice error={error} onRetry={() => void connection.resync()} />;
}
