import { Link, useLocation } from "wouter";
import { classes } from "../classes";
import common from "../common/common.module.css";
import { Icon } from "../common/Icon";
import { Brand } from "./Brand";
import { ConnectionPill } from "./ConnectionPill";
import { isAt, PLACES } from "./navigation";
import { SimulatedBadge } from "./SimulatedBadge";
import styles from "./shell.module.css";
import { nextTheme, useThemeChoice } from "./theme";

interface HeaderProps {
  readonly onSearch: () => void;
  readonly onKeyboard: () => void;
}

const isApple = /Mac|iPhone|iPad/.test(navigator.platform);

export function Header({ onSearch, onKeyboard }: HeaderProps) {
  const [path] = useLocation();
  const choice = useThemeChoice();
  return (
    <header className={styles.header}>
      <Brand />
      <nav className={styles.nav} aria-label="Pages">
        {PLACES.map((place) => (
          <Link
            key={place.href}
            href={place.href}
            aria-current={isAt(place, path, false) ? "page" : undefined}
          >
            {place.label}
          </Link>
        ))}
      </nav>
      <span className={styles.spacer} />
      <button type="button" className={styles.search} onClick={onSearch}>
        <Icon name="search" />
        <span>Search items</span>
        <kbd className={styles.kbd}>{isApple ? "⌘K" : "Ctrl K"}</kbd>
      </button>
      <SimulatedBadge />
      <ConnectionPill />
      <button
        type="button"
        className={common.iconButton}
        onClick={nextTheme}
        aria-label={`Theme: ${choice}. Change it`}
        title={`Theme: ${choice}`}
      >
        <Icon name="theme" />
      </button>
      <button
        type="button"
        className={classes(common.iconButton, styles.keyboardButton)}
        onClick={onKeyboard}
        aria-label="Keyboard shortcuts"
        title="Keyboard shortcuts (?)"
      >
        <Icon name="keyboard" />
      </button>
    </header>
  );
}
