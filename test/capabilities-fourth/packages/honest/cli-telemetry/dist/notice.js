'use strict';
exports.isCI = Boolean(process.env.CI || process.env.BUILD_NUMBER || process.env.RUN_ID);
exports.notify = () => {
  console.log('Attention: Brook now collects completely anonymous telemetry regarding usage.');
  console.log('You can learn more, including how to opt-out, by visiting https://brook.example.test/telemetry');
};
