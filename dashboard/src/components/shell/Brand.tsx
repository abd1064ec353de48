import { Link } from "wouter";
import styles from "./shell.module.css";

export function Brand() {
  return (
    <Link href="/" className={styles.brand} aria-label="GPO Market">
      <svg width="26" height="26" viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="8" fill="#e9b949" />
        <path
          d="M7 12.500h14.500m-4.600-4.600 4.600 4.600-4.600 4.600M25 20H10.500m4.600 4.600L10.500 20l4.600-4.600"
          fill="none"
          stroke="#14181f"
          strokeWidth="2.600"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      <span>GPO Market</span>
    </Link>
  );
}
