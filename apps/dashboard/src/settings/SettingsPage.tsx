'use client';
/** Settings: access tokens, projects, engines, storage. */
import type { Access } from './Access.ts';
import { Engines } from './Engines.tsx';
import { Projects } from './Projects.tsx';
import { SignedIn } from './SignedIn.tsx';
import { StorageUse } from './StorageUse.tsx';
import { Tokens } from './Tokens.tsx';
import { useSession } from './useSession.ts';

export function SettingsPage({ access }: { readonly access: Access }) {
  const session = useSession();
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2">
        <h1 className="text-xl font-semibold tracking-tight">Settings</h1>
        <SignedIn access={access} session={session} />
      </div>
      <div className="space-y-4">
        <Tokens access={access} session={session} />
        <div className="grid gap-4 xl:grid-cols-2">
          <Projects access={access} />
          <Engines />
        </div>
        <StorageUse />
      </div>
    </>
  );
}
