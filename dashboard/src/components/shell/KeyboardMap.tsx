import common from "../common/common.module.css";
import { Dialog } from "../common/Dialog";
import { PLACES } from "./navigation";
import styles from "./shell.module.css";
import { useSingleKeys } from "./shortcuts";

const KEYS: readonly (readonly [string, readonly string[]])[] = [
  ["Search items, aliases and pages", ["⌘ or Ctrl", "K"]],
  ["Search, too", ["/"]],
  ...PLACES.map((place) => [`Go to ${place.label}`, ["g", place.key]] as const),
  ["Change the theme", ["t"]],
  ["This map", ["?"]],
];

/** Every shortcut, and a switch for those of a single key. */
export function KeyboardMap({ onClose }: { onClose: () => void }) {
  const [singleKeys, setSingleKeys] = useSingleKeys();
  return (
    <Dialog label="Keyboard shortcuts" onClose={onClose}>
      <div className={styles.keyboard}>
        <h2>Keyboard shortcuts</h2>
        <dl>
          {KEYS.map(([meaning, keys]) => (
            <div key={meaning}>
              <dt>{meaning}</dt>
              <dd>
                {keys.map((key) => (
                  <kbd key={key} className={styles.kbd}>
                    {key}
                  </kbd>
                ))}
              </dd>
            </div>
          ))}
        </dl>
        <label>
          <input
            type="checkbox"
            checked={singleKeys}
            onChange={(event) => setSingleKeys(event.target.checked)}
          />
          Shortcuts of a single key are on
        </label>
        <footer>
          <button type="button" className={common.button} onClick={onClose}>
            Close
          </button>
        </footer>
      </div>
    </Dialog>
  );
}
