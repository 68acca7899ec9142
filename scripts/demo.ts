import { config } from "@/platform/config";
import { connect, disconnect } from "@/platform/db";
import { seedDemo } from "@/services/demo/seed";

// Makes the demo workspace where it is missing. Progress goes out as plain lines, the access as one line of JSON.
connect(config().DATABASE_URL, 4);
const access = await seedDemo({ now: new Date(), say: (line) => console.log(line) });
await disconnect();
if (access) console.log(JSON.stringify(access));
