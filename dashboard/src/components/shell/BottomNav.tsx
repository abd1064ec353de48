import { Link, useLocation } from "wouter";
import { Icon } from "../common/Icon";
import { isAt, PLACES } from "./navigation";
import styles from "./shell.module.css";

/** The pages at the thumb, on phones. */
export function BottomNav({ onSearch }: { onSearch: () => void }) {
  const [path] = useLocation();
  return (
    <nav className={styles.bottomNav} aria-label="Pages, at the bottom">
      {PLACES.map((place) => (
        <Link key={place.href} href={place.href} aria-current={isAt(place, path, true) ? "page" : undefined}>
          <Icon name={place.icon} size={20} />
          {place.label}
        </Link>
      ))}
      <button type="button" onClick={onSearch}>
        <Icon name="search" size={20} />
        Search
      </button>
    </nav>
  );
}
