import fc from "fast-check";
import DataStream from "nodemailer/lib/smtp-connection/data-stream";
import { expect, it } from "vitest";
import { standsOnWire } from "./stands-on-wire";

/** As nodemailer writes it. */
async function escaped(mail: Buffer): Promise<Buffer> {
  const stream = new DataStream();
  stream.end(mail);
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

it("is said only of what nodemailer would not change, and of all that has proper lines", async () => {
  const piece = fc.constantFrom("\r\n", "a", ".", "\r", "\n", "b c");
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
      const mail = Buffer.from(pieces.join(""));
      const isAsIs = (await escaped(mail)).equals(Buffer.concat([mail, Buffer.from(".\r\n")]));
      expect(standsOnWire(mail)).toBe(mail.length > 0 && isAsIs);
    }),
    { numRuns: 2000 },
  );
});
