/** The mark: a path that comes back to where it began, as regulars do. */
export function Logo({ size = 26 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden focusable="false">
      <rect width="32" height="32" rx="9" fill="var(--accent)" />
      <path
        d="M23 12.5A8 8 0 1 0 24 17"
        fill="none"
        stroke="var(--on-accent)"
        strokeWidth="2.6"
        strokeLinecap="round"
      />
      <path
        d="M24 7.5v5.2h-5.2"
        fill="none"
        stroke="var(--on-accent)"
        strokeWidth="2.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <circle cx="16.3" cy="16.5" r="2.4" fill="var(--on-accent)" />
    </svg>
  );
}
