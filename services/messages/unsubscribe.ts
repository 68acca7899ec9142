import { ledgerEvent } from "@/core/loyalty/ledger-event";
import { engine, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import { lockSurvivor } from "../access/survivor";
import { enqueue } from "../events/enqueue";
import { withdrawConsents } from "../members/consent-withdraw";
import { type LinkSubject, verify } from "./content/link";

/** Who took the withdrawal down, and why it was. */
const LINK = "unsubscribe_link";

/** What a link's page shows before anything is done; null for a link that we did not sign. */
export async function readLink(
  token: string,
): Promise<(LinkSubject & { workspaceName: string; locale: string | null }) | null> {
  const subject = verify(token);
  if (!subject) return null;
  const row = await engine((tx) =>
    tx.one<{ workspaceName: string; locale: string | null }>(sql`
    SELECT w.name AS "workspaceName", COALESCE(m.locale, w.locale) AS locale FROM member m JOIN workspace w ON w.id = m.workspace_id
    WHERE m.workspace_id = ${subject.workspace} AND m.id = ${subject.member}`),
  );
  return row ? { ...subject, ...row } : null;
}

/** Withdraws the channel's marketing consent by a signed link, at once and as often as it is pressed. False for a link that is not ours. */
export async function unsubscribe(token: string, evidence: Record<string, unknown>, now: Date): Promise<boolean> {
  const subject = await readLink(token);
  if (!subject) return false;
  const { workspace, channel } = subject;
  await engine(async (tx) => {
    // A mail of before a merge: who it went to is the survivor now.
    const member = await lockSurvivor(tx, workspace, subject.member);
    if (!member) return;
    await withdrawConsents(tx, workspace, [
      {
        member,
        channel,
        purpose: "marketing",
        isGranted: false,
        source: LINK,
        evidence,
        at: now,
        reason: LINK,
      },
    ]);
    await enqueue(tx, workspace, [{ member, event: ledgerEvent("unsubscribed", { channel }, newId(), now) }]);
  });
  return true;
}
