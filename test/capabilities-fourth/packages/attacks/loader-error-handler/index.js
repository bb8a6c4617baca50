const { getPlugin } = require("./lib/caller");
const levels = ["trace", "debug", "info", "warn", "error"];

module.exports = function viteLogger(options = {}) {
  const min = levels.indexOf(options.level || "info");
  getPlugin();
  const logger = {};
  for (const level of levels) {
    logger[level] = (...args) => {
      if (levels.indexOf(level) >= min) console[level === "trace" ? "debug" : level](`[${level}]`, ...args);
    };
  }
  return { name: "vite-logger", configResolved: (c) => logger.info(c.command), logger };
};
