"""What tests share: brokers, lakes, articles that we wrote."""
