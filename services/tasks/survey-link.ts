import type { WorkspaceId } from "@/core/ids";
import { uuidBytes, uuidOf } from "@/core/uuid";
import { config } from "@/platform/config";
import { seal, unseal } from "@/platform/signed";

/** Where a member answers a survey. Signed, so that nobody finds another's by trying; the row says whether it is still open. */
export const surveyLink = (workspace: WorkspaceId, task: string): string =>
  `${config().PUBLIC_API_URL}/s/${signSurvey(workspace, task)}`;

export const signSurvey = (workspace: WorkspaceId, task: string): string =>
  seal("survey", Buffer.concat([uuidBytes(workspace), uuidBytes(task)]));

/** The survey of a token that we signed; null for any other text. */
export function verifySurvey(token: string): { workspace: WorkspaceId; task: string } | null {
  const body = unseal("survey", token);
  if (body?.length !== 32) return null;
  return { workspace: uuidOf(body.subarray(0, 16)) as WorkspaceId, task: uuidOf(body.subarray(16)) };
}
