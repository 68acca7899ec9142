import { createHmac, timingSafeEqual } from "node:crypto";
import type { WorkspaceId } from "@/core/ids";
import { config, secrets } from "@/platform/config";

/** Where a member answers a survey. Signed, so that nobody finds another's by trying; the row says whether it is still open. */
export const surveyLink = (workspace: WorkspaceId, task: string): string =>
  `${config().PUBLIC_API_URL}/s/${signSurvey(workspace, task)}`;

export function signSurvey(workspace: WorkspaceId, task: string): string {
  const bytes = Buffer.from(`${workspace}${task}`.replaceAll("-", ""), "hex");
  return `${bytes.toString("base64url")}.${mac(bytes)}`;
}

/** The survey of a token that we signed; null for any other text. */
export function verifySurvey(token: string): { workspace: WorkspaceId; task: string } | null {
  const [body, tag] = token.split(".");
  const bytes = Buffer.from(body ?? "", "base64url");
  if (bytes.length !== 32 || !tag) return null;
  const [wanted, given] = [Buffer.from(mac(bytes)), Buffer.from(tag)];
  if (wanted.length !== given.length || !timingSafeEqual(wanted, given)) return null;
  return { workspace: uuid(bytes.subarray(0, 16)) as WorkspaceId, task: uuid(bytes.subarray(16)) };
}

const mac = (bytes: Buffer): string =>
  createHmac("sha256", secrets().links).update("survey ").update(bytes).digest().subarray(0, 16).toString("base64url");
const uuid = (bytes: Buffer): string =>
  bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
