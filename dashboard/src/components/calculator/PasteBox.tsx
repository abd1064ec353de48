import { type ReactNode, useId, useState } from "react";
import { classes } from "../classes";
import common from "../common/common.module.css";
import { Icon } from "../common/Icon";
import { Panel } from "../common/Panel";
import styles from "./calculator.module.css";

const LONGEST_POST = 4_000;

interface PasteBoxProps {
  readonly text: string;
  readonly examples: readonly string[];
  readonly onWrite: (text: string) => void;
  readonly children: ReactNode;
}

function ShareButton() {
  const [said, setSaid] = useState<string | null>(null);
  const share = async (): Promise<void> => {
    const address = new URL(window.location.href);
    address.pathname = "/calculator";
    try {
      await navigator.clipboard.writeText(address.href);
      setSaid("Link copied");
    } catch {
      setSaid("Copy the address bar");
    }
  };
  return (
    <button type="button" className={common.button} onClick={() => void share()}>
      <Icon name="link" />
      <span aria-live="polite">{said ?? "Share"}</span>
    </button>
  );
}

/** Where a post is pasted or typed; `children` say what was read in it. */
export function PasteBox({ text, examples, onWrite, children }: PasteBoxProps) {
  const id = useId();
  return (
    <Panel title="The post" tools={text.trim() !== "" && <ShareButton />}>
      <div className={styles.paste}>
        <label htmlFor={id} className="visually-hidden">
          A trade post
        </label>
        <textarea
          id={id}
          className={common.field}
          data-testid="paste-box"
          placeholder="Paste a trade post, or fill the trays below"
          maxLength={LONGEST_POST}
          spellCheck={false}
          value={text}
          onChange={(event) => onWrite(event.target.value)}
        />
        {text.trim() === "" && examples.length > 0 && (
          <div className={styles.examples}>
            Try
            {examples.map((example) => (
              <button
                key={example}
                type="button"
                className={classes(styles.example)}
                onClick={() => onWrite(example)}
              >
                {example}
              </button>
            ))}
          </div>
        )}
        {children}
      </div>
    </Panel>
  );
}
