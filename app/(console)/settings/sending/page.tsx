import type { Metadata } from "next";
import { titled } from "../titled";
import { SendingScreen } from "./sending-screen";

export const generateMetadata = (): Promise<Metadata> => titled("sending");

export default SendingScreen;
