import type { ConnectionState } from "../../live/connection";
import { useConnection, useLive } from "../../live/context";
import { classes } from "../classes";
import styles from "./shell.module.css";

const WORDS: Readonly<Record<ConnectionState, string>> = {
  live: "Live",
  "catching-up": "Catching up",
  stale: "Stale",
  offline: "Offline",
};
const MEANINGS: Readonly<Record<ConnectionState, string>> = {
  live: "Connected: what you see is what the engine knows. The time is from post to this screen, by this device's clock.",
  "catching-up": "Fetching what is new.",
  stale: "The connection broke a moment ago: these numbers may be old.",
  offline: "No connection to the engine: these numbers are old. Click to try again.",
};
const TONES: Readonly<Record<ConnectionState, string | undefined>> = {
  live: styles.live,
  "catching-up": styles.catchingUp,
  stale: styles.stale,
  offline: styles.offline,
};

/** Says whether the numbers are live, and how long a post takes to this screen. */
export function ConnectionPill() {
  const { connection } = useLive();
  const { state, latency } = useConnection();
  const content = (
    <>
      <span className={styles.dot} />
      <span aria-live="polite">{WORDS[state]}</span>
      {state === "live" && latency !== null && (
        <span className={styles.latency}>
          <span className="visually-hidden">, post to screen </span>
          {Math.round(latency)} ms
        </span>
      )}
    </>
  );
  const shared = {
    className: classes(styles.pill, TONES[state]),
    title: MEANINGS[state],
    "data-testid": "connection-pill",
    "data-state": state,
  };
  if (state !== "offline") return <div {...shared}>{content}</div>;
  return (
    <button type="button" {...shared} onClick={() => void connection.resync()}>
      {content}
    </button>
  );
}
