"""All SQL of identity: who is asking (`principals`), who works here (`people`), what lets them in (`access`)."""
