import { canonical } from "@/core/hash";
import type { JourneyDocument } from "@/core/journey/document";

/** Hands a drawing to the browser as a file, its keys sorted as the API's export has them, so that equal journeys give equal files. */
export function saveAsFile(document: JourneyDocument): void {
  const text = `${JSON.stringify(JSON.parse(canonical(document)), null, 2)}\n`;
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  Object.assign(window.document.createElement("a"), {
    href: url,
    download: `${document.name.replace(/[\\/:*?"<>|]+/g, "-")}.journey.json`,
  }).click();
  URL.revokeObjectURL(url);
}
