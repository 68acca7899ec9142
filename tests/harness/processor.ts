/** Milliseconds of processor time that this process has used since `before`: what a piece of work costs, however busy the machine is. */
export const processorMs = (before: NodeJS.CpuUsage): number => process.cpuUsage(before).user / 1000;
