import { connect, createServer, type Server, type Socket } from "node:net";

/** `bind`: how a connection asks for its parsed COMMIT, once it has told its name. */
type Pair = { near: Socket; far: Socket; isCutting: boolean; isDead: boolean; bind?: Buffer };

/** A wire between two parts of an installation, so that it can fail apart from them. */
export class Link {
  private readonly pairs = new Set<Pair>();
  private isSilent = false;
  private cutReplies = 0;
  /** How many answers to COMMIT were cut off. */
  cut = 0;

  private constructor(
    readonly port: number,
    private readonly to: number,
    private readonly server: Server,
  ) {}

  /** Listens on a port and passes everything on to another one of this machine. */
  static async open(port: number, to: number): Promise<Link> {
    const server = createServer({ allowHalfOpen: false });
    await new Promise<void>((done, failed) => {
      server.once("error", failed);
      server.listen(port, "127.0.0.1", done);
    });
    const link = new Link(port, to, server);
    server.on("connection", (near) => link.join(near));
    return link;
  }

  /** Nothing comes through any more, and nobody is told: as when a cable is pulled. Its connections break when it is mended. */
  silence(): void {
    this.isSilent = true;
    for (const { near, far } of this.pairs) {
      near.pause();
      far.pause();
    }
  }

  /** Its present connections are dead for ever and nobody is told, new ones work: as when a firewall forgets what it let through. */
  forget(): number {
    for (const pair of this.pairs) {
      pair.isDead = true;
      pair.near.pause();
      pair.far.pause();
    }
    return this.pairs.size;
  }

  /** The ports from which Postgres sees what comes over this wire. */
  ports(): number[] {
    return [...this.pairs].flatMap(({ far }) => far.localPort ?? []);
  }

  mend(): void {
    this.isSilent = false;
    this.breakAll();
  }

  /** From now on this share of COMMITs reaches Postgres and is carried out there, while the answer is lost with its connection. */
  loseCommits(share: number): void {
    this.cutReplies = share;
  }

  async close(): Promise<void> {
    this.breakAll();
    await new Promise((done) => this.server.close(done));
  }

  private join(near: Socket): void {
    const far = connect(this.to, "127.0.0.1");
    const pair: Pair = { near, far, isCutting: false, isDead: false };
    this.pairs.add(pair);
    const end = (): void => {
      // Neither side hears of the other's end over a dead wire.
      if (pair.isDead) return;
      this.pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) {
      socket.setNoDelay(true);
      socket.on("error", end);
      socket.on("close", end);
    }
    near.on("data", (chunk) => {
      if (commits(pair, chunk) && !pair.isCutting && Math.random() < this.cutReplies) {
        pair.isCutting = true;
        // A transaction that failed answers ROLLBACK, or nothing that we wait for.
        setTimeout(end, 1000).unref();
      }
      far.write(chunk);
    });
    far.on("data", (chunk) => {
      if (!pair.isCutting) near.write(chunk);
      else if (chunk.includes(COMMITTED)) {
        this.cut++;
        end();
      }
    });
    if (this.isSilent) {
      near.pause();
      far.pause();
    }
  }

  private breakAll(): void {
    for (const { near, far } of this.pairs) {
      near.destroy();
      far.destroy();
    }
  }
}

// As the wire protocol has them: a Parse by name, the Bind of that name, the CommandComplete.
// https://www.postgresql.org/docs/current/protocol-message-formats.html
const PARSED = /P[\s\S]{4}([a-z0-9]+)\0COMMIT\0/;
const COMMITTED = Buffer.from("C\0\0\0\x0bCOMMIT\0", "latin1");
const B = "B".charCodeAt(0);

/** Whether a packet asks for a COMMIT. A connection parses it once, under a name of its own, and binds that name from then on. */
function commits(pair: Pair, chunk: Buffer): boolean {
  const name = chunk.includes("COMMIT\0") ? PARSED.exec(chunk.toString("latin1"))?.[1] : undefined;
  // The portal without a name, then the statement's.
  if (name !== undefined) pair.bind = Buffer.from(`\0${name}\0`, "latin1");
  const { bind } = pair;
  if (!bind) return false;
  for (let at = chunk.indexOf(bind); at >= 0; at = chunk.indexOf(bind, at + 1)) if (chunk[at - 5] === B) return true;
  return false;
}
