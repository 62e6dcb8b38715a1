"""What happened, in order: the ground floor of the apps. Actions and duties are declared here, facts recorded and taken."""
