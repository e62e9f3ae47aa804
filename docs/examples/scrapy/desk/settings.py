"""What `scrapy startproject` writes, and the two lines for Copydesk."""

BOT_NAME = "desk"
SPIDER_MODULES = ["desk.spiders"]
ROBOTSTXT_OBEY = True

ITEM_PIPELINES = {"copydesk.feeding.scrapy_pipeline.CopydeskPipeline": 900}
COPYDESK_BROKER = "127.0.0.1:9092"
