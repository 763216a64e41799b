'use strict';

// The function under measurement over HTTP: answers with its event.

exports.handler = async (event, _context) => event;
