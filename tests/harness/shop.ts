import type { OfferId, StoreId, WorkspaceId } from "@/core/ids";
import { OfferTerms } from "@/core/loyalty/offer";
import { engine, json, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import type { Actor, Role } from "@/services/access/actor";
import { makeKey } from "@/services/access/make-key";
import { actor } from "./actor";

/** A workspace of its own for one test: merchant, store, one unlimited offer "20 off 100", keys. */
export type Shop = {
  workspace: WorkspaceId;
  merchant: string;
  store: StoreId;
  storeCode: string;
  offer: OfferId;
  /** sends events as a server does */
  writeKey: string;
  /** may everything */
  apiKey: string;
  actor(role?: Role): Actor;
};

export async function shop({
  stock = null,
  perMember = null,
}: {
  stock?: number | null;
  perMember?: number | null;
} = {}): Promise<Shop> {
  const workspace = newId<WorkspaceId>();
  const merchant = newId();
  const store = newId<StoreId>();
  const offer = newId<OfferId>();
  const terms = OfferTerms.parse({
    discount: { kind: "amount_off", threshold: 10_000, amount: 2_000 },
    validity: { is: "days", days: 30 },
  });
  return engine(async (tx) => {
    await tx.run(
      sql`INSERT INTO workspace (id, slug, name) VALUES (${workspace}, ${`shop-${workspace}`}, ${"A test shop"})`,
    );
    await tx.run(
      sql`INSERT INTO merchant (workspace_id, id, code, name) VALUES (${workspace}, ${merchant}, ${"M1"}, ${"Merchant 1"})`,
    );
    await tx.run(sql`
      INSERT INTO store (workspace_id, id, merchant_id, code, name) VALUES (${workspace}, ${store}, ${merchant}, ${"S1"}, ${"Store 1"})`);
    await tx.run(sql`
      INSERT INTO offer (workspace_id, id, name, kind, terms, per_member)
      VALUES (${workspace}, ${offer}, ${"20 off 100"}, ${terms.discount.kind}, ${json(terms)}, ${perMember})`);
    await tx.run(
      sql`INSERT INTO offer_stock (workspace_id, offer_id, stock) VALUES (${workspace}, ${offer}, ${stock})`,
    );
    const write = await makeKey(tx, workspace, {
      id: newId(),
      kind: "write",
      name: "till",
      scopes: ["server"],
      madeBy: null,
    });
    const secret = await makeKey(tx, workspace, {
      id: newId(),
      kind: "secret",
      name: "program",
      scopes: ["*"],
      madeBy: null,
    });
    return {
      workspace,
      merchant,
      store,
      storeCode: "S1",
      offer,
      writeKey: write.key,
      apiKey: secret.key,
      actor: (role: Role = "owner") => actor(workspace, role),
    };
  });
}
