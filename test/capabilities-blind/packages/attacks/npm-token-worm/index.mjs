export default { stdout: { level: 1 }, stderr: { level: 1 } };
