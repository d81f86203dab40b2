import { peakRssMb } from './peak-rss.js';

// For `node --import`: the process says how much memory it took at most, in MB, when it leaves.
process.once('exit', () => process.stderr.write(`peak ${peakRssMb(process.pid)}\n`));
