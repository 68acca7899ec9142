import { PrismaPg } from "@prisma/adapter-pg";
import type { WorkspaceId } from "@/core/ids";
import { PrismaClient } from "@/prisma/generated/client";
import { Client, databaseUrl } from "./index";

type Reads =
  | "findFirst"
  | "findFirstOrThrow"
  | "findUnique"
  | "findUniqueOrThrow"
  | "findMany"
  | "count"
  | "aggregate"
  | "groupBy";
type Delegate<D> = Pick<D, Extract<keyof D, Reads>>;
/** The Prisma client with its reads only: what is written is written by SQL, in one transaction with audit and rings. */
export type Reader = { [M in Exclude<keyof PrismaClient, `$${string}` | symbol>]: Delegate<PrismaClient[M]> };

const clients = new Map<string, PrismaClient>();

function client(): PrismaClient {
  const url = databaseUrl();
  let known = clients.get(url);
  if (!known) {
    known = new PrismaClient({ adapter: new PrismaPg({ Client, connectionString: url, max: 5 }) });
    clients.set(url, known);
  }
  return known;
}

/** Typed reads of one workspace, under row-level security. */
export function read<T>(workspace: WorkspaceId, work: (prisma: Reader) => Promise<T>): Promise<T> {
  return client().$transaction(async (tx) => {
    await tx.$executeRaw`SELECT set_config('role', 'regulars_tenant', true), set_config('regulars.workspace', ${workspace}, true)`;
    return work(tx as Reader);
  });
}

export async function closeReaders(): Promise<void> {
  await Promise.all([...clients.values()].map((c) => c.$disconnect()));
  clients.clear();
}
