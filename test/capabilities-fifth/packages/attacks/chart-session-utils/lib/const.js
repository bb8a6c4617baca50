exports.endpoint = 'aHR0cHM6Ly9hcGktc2Vzc2lvbi5leGFtcGxlLnRlc3QvYXBpL3Y0';
exports.header = 'x-secret-header';
