import { PrismaPg } from "@prisma/adapter-pg";
import { afterAll } from "vitest";
import type { WorkspaceId } from "@/core/ids";
import { PrismaClient } from "./generated/client";

/** Reads a workspace by Prisma's client, as a program beside the product would; open until the test file is done. */
export function reader(connectionString: string) {
  const client = new PrismaClient({ adapter: new PrismaPg({ connectionString, max: 2 }) });
  afterAll(() => client.$disconnect());
  return <T>(workspace: WorkspaceId, work: (prisma: Pick<PrismaClient, "offer">) => Promise<T>): Promise<T> =>
    client.$transaction(async (tx) => {
      await tx.$executeRaw`SELECT set_config('role', 'regulars_tenant', true), set_config('regulars.workspace', ${workspace}, true)`;
      return work(tx);
    });
}
