/** The top bar with the navigation. */
import Link from 'next/link';
import { NavLink } from './NavLink.tsx';
import { ThemeToggle } from './ThemeToggle.tsx';

export function SiteHeader() {
  return (
    <header className="border-b border-line bg-surface">
      <div className="mx-auto flex h-13 max-w-[2200px] items-center gap-1.5 px-2 sm:gap-6 sm:px-6">
        <Link
          href="/"
          aria-label="Ritz: lately"
          className="flex flex-none items-center gap-2.5 font-semibold tracking-tight"
        >
          <svg viewBox="0 0 32 32" className="size-6 sm:size-7" aria-hidden="true">
            <rect width="32" height="32" rx="6" fill="#10335c" />
            <path d="M4 25.5h24" stroke="#7fa9d6" strokeWidth="1.5" />
            <path d="M5 25c2.6 0 2.6-19 5-19s2.6 19 5 19" fill="none" stroke="#fff" strokeWidth="2" />
            <path d="M20 25v-7M24 25v-4M27.5 25v-2.5" stroke="#f0b03f" strokeWidth="2" strokeLinecap="round" />
          </svg>
          <span className="hidden text-[17px] sm:inline">Ritz</span>
        </Link>
        <nav
          aria-label="Pages"
          className="flex h-full min-w-0 flex-1 items-stretch justify-between text-[11px] tracking-tighter sm:flex-none sm:justify-start sm:gap-1 sm:text-[14px] sm:tracking-normal"
        >
          <span className="hidden sm:contents">
            <NavLink href="/">Lately</NavLink>
          </span>
          <NavLink href="/runs" also="/runs/">
            Runs
          </NavLink>
          <NavLink href="/compare">Compare</NavLink>
          <NavLink href="/findings">Findings</NavLink>
          <NavLink href="/reports">Reports</NavLink>
          <NavLink href="/queue">Queue</NavLink>
          <NavLink href="/query">Query</NavLink>
          <NavLink href="/settings">Settings</NavLink>
        </nav>
        <p className="ml-auto hidden text-[12.5px] text-muted lg:block">Hessian spectra during training</p>
        <div className="flex-none sm:ml-auto lg:ml-0">
          <ThemeToggle />
        </div>
      </div>
    </header>
  );
}
