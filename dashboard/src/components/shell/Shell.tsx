import { type ReactNode, useEffect, useRef, useState } from "react";
import { useLocation } from "wouter";
import { BottomNav } from "./BottomNav";
import { Header } from "./Header";
import { IntakeBanner } from "./IntakeBanner";
import { KeyboardMap } from "./KeyboardMap";
import { Palette } from "./Palette";
import styles from "./shell.module.css";
import { useShortcuts } from "./shortcuts";
import { nextTheme } from "./theme";

type Open = "palette" | "keyboard" | null;

/** What stands around every page: header, search, shortcuts, and the navigation at the bottom on phones. */
export function Shell({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState<Open>(null);
  const [path, navigate] = useLocation();
  const main = useRef<HTMLElement>(null);
  const search = (): void => setOpen("palette");
  const close = (): void => setOpen(null);
  useShortcuts({ search, keyboard: () => setOpen("keyboard"), theme: nextTheme, go: navigate });

  useEffect(() => {
    main.current?.scrollTo(0, 0);
  }, [path]);

  return (
    <div className={styles.app}>
      <a className={styles.skip} href="#main">
        Skip to the content
      </a>
      <div>
        <Header onSearch={search} onKeyboard={() => setOpen("keyboard")} />
        <IntakeBanner />
      </div>
      <main id="main" ref={main} tabIndex={-1} className={styles.main}>
        {children}
      </main>
      <BottomNav onSearch={search} />
      {open === "palette" && <Palette onClose={close} />}
      {open === "keyboard" && <KeyboardMap onClose={close} />}
    </div>
  );
}
