require('./hooks').install();
