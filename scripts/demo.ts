import { config } from "@/platform/config";
import { connect, disconnect, onceBack } from "@/platform/db";
import { seedDemo } from "@/services/demo/seed";

// Runs only while demo.json is missing: makes the demo workspace, completes one that a killed start left half made, and
// answers with a new password and new keys. Progress goes out as plain lines, the access as one line of JSON.
connect(config().DATABASE_URL, 4);
// On a machine that is busy with the first start the database may end a session that stood still too long: it goes on where that one left off.
const access = await onceBack(() => seedDemo({ now: new Date(), say: (line) => console.log(line) }), 5);
await disconnect();
console.log(JSON.stringify(access));
